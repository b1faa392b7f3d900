"""What Khaojai knows and does: no web framework, no queue. Callers live in handlers/."""
