FROM team/arm64v8:1
