"""The two ways a fact travels: RabbitMQ between processes, a direct call inside one."""
