"""Prefect flows: when things run; each flow calls one service and decides nothing itself."""
