"""A slow network between everybody and an API server: what passes arrives later, each way, and is not slowed down otherwise."""
import asyncio
import contextlib
import pathlib
import threading


class Delay:
    def __init__(self, address, seconds):
        """`address`: HOST:PORT of the API server."""
        self._host, _, self._port = address.rpartition(":")
        self._seconds = seconds
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda *_: None)  # connections that end with us
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def close(self):
        async def end():
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        asyncio.run_coroutine_threadsafe(end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _serve(self, reader, writer):
        with contextlib.suppress(OSError):
            there, back = await asyncio.open_connection(self._host, self._port)
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, reader, writer):
        """All at once and late, not one after the other: the line is long, not narrow."""
        queue = asyncio.Queue()

        async def deliver():
            while True:
                when, data = await queue.get()
                await asyncio.sleep(max(0, when - self._loop.time()))
                if not data:
                    break
                writer.write(data)
            writer.close()

        delivery = asyncio.ensure_future(deliver())
        data = b"begin"
        while data:
            try:
                data = await reader.read(1 << 16)
            except OSError:
                data = b""
            queue.put_nowait((self._loop.time() + self._seconds, data))
        await delivery


def delayed_kubeconfig(kubeconfig, server, delay, into):
    """The same login over the slow line."""
    path = pathlib.Path(into)
    path.write_text(pathlib.Path(kubeconfig).read_text().replace(server, f"https://{delay.address}"))
    path.chmod(0o600)
    return str(path)
