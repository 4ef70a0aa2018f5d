FROM --platform=linux alpine:3.20 AS build
