"""Flask on the production server that is installed. It has no models: checks and projection are by hand."""

import sys

from common import STORED_ROWS, end_with_bench
from flask import Flask, jsonify, request

app = Flask(__name__)
DECLARED = ('id', 'name', 'email', 'department', 'active')


def is_text(value, least):
    return isinstance(value, str) and len(value) >= least


def is_line(line):
    return (
        isinstance(line, dict)
        and is_text(line.get('sku'), 1)
        and type(line.get('quantity')) is int
        and line['quantity'] >= 1
        and type(line.get('price')) in (int, float)
        and line['price'] >= 0
    )


def is_order(order):
    if not isinstance(order, dict):
        return False
    customer, lines = order.get('customer'), order.get('lines')
    return (
        isinstance(customer, dict)
        and is_text(customer.get('name'), 1)
        and is_text(customer.get('email'), 3)
        and isinstance(lines, list)
        and len(lines) > 0
        and all(is_line(line) for line in lines)
        and is_text(order.get('note', ''), 0)
    )


@app.get('/users/<int:user_id>')
def get_user(user_id):
    return jsonify(id=user_id, name='John Doe', department='HR', active=True)


@app.post('/orders')
def place_order():
    order = request.get_json()
    if not is_order(order):
        return jsonify(error='Not an order'), 422
    return jsonify(order_no=1, total=sum(line['quantity'] * line['price'] for line in order['lines']))


@app.get('/rows')
def list_rows():
    return jsonify([{name: row[name] for name in DECLARED} for row in STORED_ROWS])


def serve_waitress(port):
    import waitress

    waitress.serve(app, host='127.0.0.1', port=port, threads=8, _quiet=True)


def serve_gunicorn(port):
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            # Threads, because gunicorn's default worker closes the connection after each answer.
            options = {'bind': f'127.0.0.1:{port}', 'workers': 1, 'worker_class': 'gthread', 'threads': 8}
            for name, value in {**options, 'keepalive': 30, 'loglevel': 'error'}.items():
                self.cfg.set(name, value)

        def load(self):
            return app

    Server().run()


def serve_werkzeug(port):
    import logging

    from werkzeug.serving import make_server

    # It would write a line for each request, which no other server of the bench does.
    logging.getLogger('werkzeug').setLevel(logging.ERROR)
    make_server('127.0.0.1', port, app, threaded=True).serve_forever()


if __name__ == '__main__':
    end_with_bench()
    {'waitress': serve_waitress, 'gunicorn': serve_gunicorn, 'werkzeug': serve_werkzeug}[sys.argv[2]](int(sys.argv[1]))
