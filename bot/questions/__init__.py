"""Readers and sub-dialogs that several handlers share."""
