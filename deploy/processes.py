"""One process of a server installation: the HTTP side of a part, or its event side, against RabbitMQ."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from prometheus_client import start_http_server

from deploy.housekeeping import keep_house
from deploy.platform import http_portes, member, open_database, present, show_live
from deploy.serving import bind, serve_until, settle, stop_requested
from deploy.topology import GATEWAY, PARTS, Part
from gateway.compte.use_cases import premier_administrateur
from shared.bus.transports.rabbit import RabbitTransport
from shared.bus.transports.topology import Topology
from shared.bus.worker import Worker
from shared.documents.renderer import Renderer
from shared.logging import configure_logging
from shared.means import Means, lend
from shared.settings import Settings


def rabbit(settings: Settings) -> RabbitTransport:
    """The bus of this process; every process declares the queues of all services, so that no fact is lost for want of one."""
    topology = Topology.of([part.subscriptions() for part in present(PARTS)], prefix=settings.amqp_prefix)
    return RabbitTransport(settings.amqp_url, topology)


async def serve(part: Part, settings: Settings, port: int | None = None) -> None:
    """HTTP only, stateless: any number of these may run behind one address."""
    configure_logging(settings, process=f"{part.name} http")
    stop = stop_requested()
    async with AsyncExitStack() as stack:
        renderer = await stack.enter_async_context(Renderer())
        database = open_database(part, settings)
        stack.push_async_callback(database.close)
        means = lend(database, settings, renderer=renderer)
        application = await _gateway(part, means, settings, stack) if part is GATEWAY else part.app_factory()(means)
        listening = bind(settings.http_host, part.port + settings.port_offset if port is None else port)
        streams = application.state.hub.clore if part is GATEWAY else None
        settle()
        await serve_until(stop, application, listening, trusted_proxies=settings.trusted_proxies, end_streams=streams)


async def _gateway(part: Part, means: Means, settings: Settings, stack: AsyncExitStack) -> Any:
    """The gateway reaches services over HTTP and shows the facts that pass on the broker."""
    portes = http_portes(settings)
    for porte in portes.values():
        stack.push_async_callback(porte.fermer)
    application = part.app_factory()(means, portes)
    await premier_administrateur(means.database, settings.admin_password.get_secret_value())
    transport = rabbit(settings)
    stack.push_async_callback(transport.close)
    live = show_live(application, transport)
    stack.callback(live.cancel)
    return application


async def work(part: Part, settings: Settings, metrics_port: int | None = None) -> None:
    """Relay, subscriptions, jobs and retries of one part; several of these may run, one relay leads."""
    configure_logging(settings, process=f"{part.name} worker")
    stop = stop_requested()
    if metrics_port is not None:
        start_http_server(metrics_port, addr=settings.http_host)
    async with AsyncExitStack() as stack:
        renderer = await stack.enter_async_context(Renderer())
        database = open_database(part, settings)
        stack.push_async_callback(database.close)
        lend(database, settings, renderer=renderer)
        worker = Worker([member(part, database)], rabbit(settings))
        tidying = asyncio.create_task(keep_house({part: database}, settings))
        stack.callback(tidying.cancel)
        settle()
        running = asyncio.create_task(worker.run())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await worker.stop()
        await running
