"""An answer -> a page: what a person sees of the service. Pages hold no figures but those that an answer gives."""
