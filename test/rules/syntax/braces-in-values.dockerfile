ARG NAME="{{ name }}"
FROM alpine:3.20
# {% if x %}
LABEL name="{{ name }}"
