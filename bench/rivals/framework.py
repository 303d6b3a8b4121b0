"""A release -> our own answers behind Starlette's routes and responses, none of them held: what a framework costs.

The handlers are those of ``lmiforall.serve``; only what carries an answer is Starlette's (docs/decisions/0003).
"""

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
    return Response(made.body, made.status, dict(made.headers), made.kind)


def main(port: Annotated[int, typer.Option()], release: Annotated[Path, typer.Option()]) -> None:
    """Serve our answers through Starlette under the settings of `lmi serve`."""
    uvicorn.run(application(Release(release, datasets.every())), port=port, **SERVER)


if __name__ == "__main__":
    typer.run(main)
