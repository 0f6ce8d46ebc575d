"""FastAPI on one uvicorn process: path type, body model and response models, as its users write them."""

import sys
from typing import List, Optional

import uvicorn
from common import STORED_ROWS, end_with_bench
from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()


class User(BaseModel):
    id: int
    name: str
    department: str
    active: bool


class Customer(BaseModel):
    name: str = Field(min_length=1)
    email: str = Field(min_length=3)


class Line(BaseModel):
    sku: str = Field(min_length=1)
    quantity: int = Field(ge=1)
    price: float = Field(ge=0)


class Order(BaseModel):
    customer: Customer
    lines: List[Line] = Field(min_length=1)
    note: Optional[str] = None


class Receipt(BaseModel):
    order_no: int
    total: float


class Row(BaseModel):
    id: int
    name: str
    email: str
    department: str
    active: bool


@app.get('/users/{id}', response_model=User)
async def get_user(id: int):
    return {'id': id, 'name': 'John Doe', 'department': 'HR', 'active': True}


@app.post('/orders', response_model=Receipt)
async def place_order(order: Order):
    return {'order_no': 1, 'total': sum(line.quantity * line.price for line in order.lines)}


@app.get('/rows', response_model=List[Row])
async def list_rows():
    return STORED_ROWS


if __name__ == '__main__':
    end_with_bench()
    uvicorn.run(app, host='127.0.0.1', port=int(sys.argv[1]), log_level='error', access_log=False)
