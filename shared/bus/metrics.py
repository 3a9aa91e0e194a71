"""What operators see of the bus, as Prometheus metrics."""

from prometheus_client import Counter, Gauge, Histogram

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)

OUTBOX_UNSENT = Gauge("amanela_outbox_unsent", "Facts committed and not yet handed to the transport", ["service"])
OUTBOX_OLDEST = Gauge("amanela_outbox_oldest_seconds", "Age of the oldest unsent fact", ["service"])
PARKED = Gauge("amanela_parked", "Facts waiting for a retry or parked", ["service", "state"])
RELAY_LEADER = Gauge("amanela_relay_leader", "1 where the active relay of the service runs", ["service"])
PUBLISH_SECONDS = Histogram(
    "amanela_publish_seconds", "Time to hand a batch of facts to the transport", ["service"], buckets=_FAST
)
PUBLISHED = Counter("amanela_published_total", "Facts handed to the transport", ["service"])
HANDLER_SECONDS = Histogram(
    "amanela_handler_seconds", "Time spent in one handler", ["service", "subscription"], buckets=_FAST
)
HANDLED = Counter("amanela_handled_total", "Facts handled", ["service", "subscription"])
FAILURES = Counter("amanela_handler_failures_total", "Handlings that failed", ["service", "subscription"])
RETRIES = Counter("amanela_retries_total", "Handlings tried again", ["service", "subscription"])
INBOX_CONFLICTS = Counter("amanela_inbox_conflicts_total", "Repeated deliveries ignored", ["service"])
QUEUE_DEPTH = Gauge("amanela_queue_depth", "Messages waiting in the broker", ["queue"])


def handled(service: str, subscription: str, seconds: float, facts: int = 1) -> None:
    """Count `facts` handled by one call of a handler."""
    HANDLER_SECONDS.labels(service, subscription).observe(seconds)
    HANDLED.labels(service, subscription).inc(facts)
