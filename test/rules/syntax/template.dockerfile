FROM alpine:3.20
{% if curl %}
RUN apk add --no-cache curl
{% endif %}
{{ more }}
CMD ["sh"]
