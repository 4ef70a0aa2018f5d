FROM scratch
COPY z /z
COPY z2 /z
