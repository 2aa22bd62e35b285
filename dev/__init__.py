"""How a checkout gets its Odoo, its PostgreSQL and its browser, and is tested.

The `Makefile` calls `python -m dev <command>`. What is built goes into `.odoo/`.
"""
