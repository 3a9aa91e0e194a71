"""The directory in and out of spreadsheets: CSV and XLSX files of tiers."""
