"""Strict YAML with places, the readers that declare file formats, and the JSON Schemas made from them."""
