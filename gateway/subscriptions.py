"""The gateway keeps nothing of the other services: it only shows facts live (see gateway/live)."""

from shared.bus.subscriptions import Subscriptions

subscriptions = Subscriptions("gateway")
