"""The app: the pages a runner lives in, served from their own machine."""

from hipwise.web.app import create_app

__all__ = ["create_app"]
