"""Facts between services: outbox, relay, transports, subscriptions, retries, what operators see."""
