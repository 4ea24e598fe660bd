"""What the office knows of a customer."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.reading import fold
from bot.values import Customer
from storage import customers


def learn(write: Connection, customer: Customer) -> None:
    """Writes a customer's name, phone and e-mail as they stand in the value."""
    customers.learn(write, customer, fold(f"{customer.name} {customer.phone} {customer.email}"))


def introduce(write: Connection, customer: Customer, name: str, phone: str) -> Customer:
    """Keeps the name and number that a customer gave of herself; a proven number is not replaced by a written one."""
    told = replace(customer, name=name, phone=customer.phone if customer.verified else phone)
    if told != customer:
        learn(write, told)
    return told


def choose(write: Connection, customer: Customer) -> None:
    """Writes what a customer chose for herself, as it stands in the value: language, reminders."""
    customers.choose(write, customer)
