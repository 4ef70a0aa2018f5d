FROM maven:3.9
COPY . .
RUN mvn -q package
CMD ["java", "-jar", "target/app.jar"]
