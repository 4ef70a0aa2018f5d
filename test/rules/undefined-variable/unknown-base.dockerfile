FROM example.org/team/app:1
ENV PATH=$TOOLS/bin:$PATH
