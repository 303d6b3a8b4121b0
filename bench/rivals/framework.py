"""A release -> our own answers behind Starlette's routes and responses, none of them held: what a framework costs.

The handlers are those of ``lmiforall.serve``; only what carries an answer is Starlette's (docs/decisions/0003).
"""

from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lmiforall import datasets
from lmiforall.__main__ import SERVER
from lmiforall.release.opened import Release
from lmiforall.serve import observations, v1
from lmiforall.serve.answer import Answer
from lmiforall.serve.application import V2
from lmiforall.serve.web import Handler

# As many headers as ours sends, and as long.
ALWAYS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, X-LMI-Release, X-LMI-Status, X-LMI-Note",
    "x-content-type-options": "nosniff",
    "x-lmi-release": "0" * 12,
    "cache-control": "public, max-age=3600",
    "vary": "accept-encoding",
}


def application(release: Release) -> Starlette:
    """Give a route to each endpoint of v1, and one to the observations of every dataset."""
    routes = [Route(f"{V2}/datasets/{{name}}/observations", _observations(release))]
    for path, handler in v1.routes(release, datasets.every()).items():
        routes.append(Route(f"{path}{{rest}}" if path.endswith("/") else path, _endpoint(handler)))
    return Starlette(routes=routes)


def _observations(release: Release) -> Any:
    async def answer(request: Request) -> Response:
        return _response(observations.answer(release, request.path_params["name"], request.scope["query_string"]))

    return answer


def _endpoint(handler: Handler) -> Any:
    async def answer(request: Request) -> Response:
        return _response(handler(request.path_params.get("rest", ""), request.scope["query_string"]))

    return answer


def _response(made: Any) -> Response:
    if not isinstance(made, Answer):
        raise TypeError("the benchmark asks for no streams")
    etag = f'"{blake2b(made.body, digest_size=9).hexdigest()}"'
    return Response(made.body, made.status, {**ALWAYS, "etag": etag, **dict(made.headers)}, made.kind)


def main(port: Annotated[int, typer.Option()], release: Annotated[Path, typer.Option()]) -> None:
    """Serve our answers through Starlette under the settings of `lmi serve`."""
    uvicorn.run(application(Release(release, datasets.every())), port=port, **SERVER)


if __name__ == "__main__":
    typer.run(main)
