#!/bin/sh
# test.sh compiles the example and runs its tests with Debian's JUnit, without Maven.
set -e
jars=/usr/share/java
junit=$jars/junit-jupiter-api.jar:$jars/junit-jupiter-engine.jar:$jars/junit-platform-commons.jar
junit=$junit:$jars/junit-platform-engine.jar:$jars/junit-platform-launcher.jar:$jars/junit-platform-reporting.jar
junit=$junit:$jars/junit-platform-console.jar:$jars/opentest4j.jar:$jars/apiguardian-api.jar:$jars/picocli.jar
junit=$junit:$jars/univocity-parsers.jar:$jars/opentest4j-reporting-events.jar:$jars/opentest4j-reporting-schema.jar
javac --release 17 -Xlint:all,-serial -Werror -d target/classes src/main/java/einvoice/*.java
javac --release 17 -d target/test-classes -cp "target/classes:$junit" src/test/java/einvoice/*.java
exec java -cp "target/classes:target/test-classes:$junit" org.junit.platform.console.ConsoleLauncher \
	--disable-banner --details=tree --select-package=einvoice
