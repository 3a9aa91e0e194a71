"""PostgreSQL for every service: transactions that audit and announce, columns, numbering, migrations."""
