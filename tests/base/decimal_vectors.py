#!/usr/bin/env python3
"""Writes decimal_vectors.csv: what Python's decimal (libmpdec) answers at 34 digits, half-even."""
import csv
import decimal
import random
import sys

context = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emax=6144, Emin=-6143, clamp=1)
context.traps = dict.fromkeys(context.traps, False)
decimal.setcontext(context)
random.seed(20261123)


def number():
    digits = random.choice([1, 2, 3, 8, 17, 18, 19, 33, 34])
    coefficient = random.randrange(10 ** digits)
    if random.random() < 0.1:
        coefficient = 10 ** digits - 1
    exponent = random.choice([0, 0, -2, -1, 1, 3, -7, -20, -34, 25, -60, 60,
                              random.randrange(-200, 200)])
    return decimal.Decimal((random.randrange(2), tuple(map(int, str(coefficient))), exponent))


def code(value):
    if not value.is_finite():
        return "none"
    sign, digits, exponent = value.as_tuple()
    return f"{'-' if sign else ''}{int(''.join(map(str, digits)))}E{exponent}"


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["a", "b", "sum", "difference", "product", "quotient", "order"])
for _ in range(4000):
    a, b = number(), number()
    out.writerow([code(a), code(b), code(context.add(a, b)), code(context.subtract(a, b)),
                  code(context.multiply(a, b)), code(context.divide(a, b)),
                  int(context.compare(a, b))])
