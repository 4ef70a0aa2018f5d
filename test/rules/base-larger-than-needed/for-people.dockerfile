FROM golang:1.23
RUN go install example.org/tool@latest
CMD ["bash"]
