"""Adds resource types and CloudFormation behavior that estates need and the cloud emulator lacks."""
