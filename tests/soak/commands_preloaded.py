"""What a forked command needs, loaded once in the server that it is forked from."""

import geopandas  # noqa: F401
import openpyxl  # noqa: F401
import psycopg2  # noqa: F401
import pyarrow.csv
import pyarrow.parquet  # noqa: F401
import pyogrio  # noqa: F401

import zoning.__main__
import zoning.settings
import zoning.workflow.backup
import zoning.workflow.editions
import zoning.workflow.imports
import zoning.workflow.setup  # noqa: F401
