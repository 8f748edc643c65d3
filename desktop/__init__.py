"""阅策 Yuece: an offline desktop reader and annotator for Chinese plan documents."""

__version__ = "0.1.0"
