"""What the cloud emulator lacks of the resource types that estates emit, and of the way CloudFormation treats them."""
