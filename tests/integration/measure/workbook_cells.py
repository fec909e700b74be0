"""Prints a workbook as JSON: sheet name -> rows -> cells as [value, number format].

    workbook_cells.py FILE.xlsx
"""
import json
import sys

import openpyxl

workbook = openpyxl.load_workbook(sys.argv[1])
json.dump(
    {sheet.title: [[[cell.value, cell.number_format] for cell in row] for row in sheet.iter_rows()]
     for sheet in workbook},
    sys.stdout)
