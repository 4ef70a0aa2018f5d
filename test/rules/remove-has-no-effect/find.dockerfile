FROM base
RUN find /opt -name blob -delete
