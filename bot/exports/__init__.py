"""Entries as files for officials: CSV and XLSX that open right in Thai Excel, JSON Lines for machines."""
