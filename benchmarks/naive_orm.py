"""Row by row into a table through SQLAlchemy's ORM, as one would first write an import.

python benchmarks/naive_orm.py --cases FILE.parquet --database FILE.db
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

# Rows a user would flush together, so as not to hold them all.
FLUSH_ROWS = 1_000


class Base(DeclarativeBase):
    pass


class Case(Base):
    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    confirmed_on: Mapped[date]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]
    unit_id: Mapped[str | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--database", type=Path, required=True)
    options = parser.parse_args()
    engine = create_engine(f"sqlite:///{options.database}")
    Base.metadata.create_all(engine)
    names = [name for name in pq.read_schema(options.cases).names if name in Case.__table__.c]
    with Session(engine) as session:
        for batch in pq.ParquetFile(options.cases).iter_batches(FLUSH_ROWS, columns=names):
            for row in batch.to_pylist():
                session.add(Case(**row))
            session.flush()
        session.commit()


if __name__ == "__main__":
    main()
