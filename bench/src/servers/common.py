"""What the Python servers share: the same rows as data.ts, and an end when the bench ends."""

import os
import signal
import sys
import threading

DEPARTMENTS = ('HR', 'Sales', 'Support', 'Research', 'Legal')

STORED_ROWS = [
    {
        'id': index + 1,
        'name': f'Employee {index + 1}',
        'email': f'employee.{index + 1}@example.com',
        'department': DEPARTMENTS[index % len(DEPARTMENTS)],
        'active': index % 3 != 0,
        'password_hash': f'argon2id-{index:040}',
        'internal_note': 'Not for the eyes of a client',
    }
    for index in range(50)
]


def end_with_bench():
    """Stops this process when its standard input closes: the bench has gone, whatever happened to it."""

    def wait():
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()
