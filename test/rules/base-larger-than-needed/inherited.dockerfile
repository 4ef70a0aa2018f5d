FROM rust:1.80 AS build
COPY . .
RUN cargo build --release
FROM build
CMD ["./target/release/app"]
