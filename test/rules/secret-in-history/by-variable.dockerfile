FROM debian:12-slim
RUN --mount=type=secret,id=p,env=P mysql -uroot -p"$P" && curl -u "bob:$P" -H "Authorization: Bearer $(cat /run/secrets/p)" https://example.org/
