FROM alpine:Edge AS edge-1.x
