package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD",
                "MYSQL_ROOT_PASSWD",
                "github-token",
                "AWS_SECRET_ACCESS_KEY",
                "APIKEY",
                "api_key",
                "apiKey",
                "KEY",
                "SMTP_PASS",
                "DB_PASS",
                "DBPASS",
                "secretThing",
                "CREDENTIALS",
                "splunk-token",
                "RESTIC_PW",
                "MY_PW",
                "ROOTPW",
                "REGISTRY_PWD",
                "MYSQL_PWD",
                "AUTH",
                "REDIS_AUTH",
                "AUTH_USERS",
                "PASSPHRASE",
                "dbPassword",
                "PRIVATE_KEY",
                "SENTRY_DSN",
                "ConnectionStrings__Default",
                "DB_CONNECTION_STRING",
                "SLACK_WEBHOOK_URL",
                "WG_PSK",
                "JWT",
                "traefik.http.middlewares.a.basicauth.users",
                "traefik.http.middlewares.a.digestauth.users"
            })
    void namesThatSaySecret(String name) {
        assertThat(Secrets.isName(name)).isTrue();
        assertThat(Secrets.mayStandAt("x." + name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LEVEL",
                "DB_PASSWORD_FILE",
                "KEYBOARD",
                "PASSENGERS",
                "COMPASS",
                "MONKEY",
                "PWD",
                "OLDPWD",
                "AUTH_URL",
                "AUTHOR",
                "com.docker.stack.image",
                "HOSTNAME",
                "TZ"
            })
    void otherNamesDoNot(String name) {
        assertThat(Secrets.isName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment.LEVEL",
                "defaults.environment.LEVEL",
                "deploy.labels.x",
                "vars.DOMAIN",
                "command[2]",
                "entrypoint",
                "healthcheck.test[1]",
                "logging.options.tag",
                "volumes.data.driver_opts.o",
                "secrets.db",
                "secrets.db.file",
                "http.token",
                "webhook.secret_file"
            })
    void placesWhereASecretMayStandWhateverItsName(String path) {
        assertThat(Words.got(path, "hunter4")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "image", "secrets[0].mode", "deploy.replicas", "ports[0]", "healthcheck.interval"})
    void otherPlacesAreQuoted(String path) {
        assertThat(Words.got(path, "hunter4")).isEqualTo(" (got \"hunter4\")");
        assertThat(Words.got(path, "https://u:hunter4@x")).isEqualTo(" (got \"https://u:***@x\")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://app:hunter2@db/x?sslmode=on|postgres://app:***@db/x?sslmode=on",
                "postgres://app:hun@ter2@db/x|postgres://app:***@db/x",
                "postgres://app:hun/ter2@db/x|postgres://app:***@db/x",
                "redis://:hunter2@cache:6379 is away|redis://:***@cache:6379 is away",
                "app:hunter2@tcp(db:3306)/x|app:***@tcp(db:3306)/x",
                "https://hunter2token@git.example.com/x.git|https://***@git.example.com/x.git",
                "ssh://git@git.example.com/x|ssh://git@git.example.com/x",
                "--db-password=hunter2 --port=80|--db-password=*** --port=80",
                "--token hunter2 --port 80|--token *** --port 80",
                "[\"serve\",\"--token\",\"hunter2\",\"--port\"]|[\"serve\",\"--token\",\"***\",\"--port\"]",
                "[serve, --token, hunter2, --port]|[serve, --token, ***, --port]",
                "redis-server --requirepass hunter2|redis-server --requirepass ***",
                "redis-cli -a hunter2 ping|redis-cli -a *** ping",
                "mysqladmin ping -uroot -phunter2|mysqladmin ping -uroot -p***",
                "curl -u admin:hunter2 http://x|curl -u admin:*** http://x",
                "docker run --user 1000:1000 x|docker run --user 1000:1000 x",
                "curl -H 'Authorization: Basic aHVudGVyMg=='|curl -H 'Authorization: Basic ***",
                "curl -H 'X-Api-Key: hunter2'|curl -H 'X-Api-Key: ***",
                "Server=db;Password=hunter2;Timeout=3|Server=db;Password=***;Timeout=3",
                "{\"password\": \"hunter2\", \"port\": 1}|{\"password\": \"***\", \"port\": 1}",
                "DB_PASSWORD:hunter2|DB_PASSWORD:***",
                "media (Options.o=addr=nas,username=x,password=hunter2)|media"
                        + " (Options.o=addr=nas,username=x,password=***",
                "admin:$apr1$x$hunter2|admin:***",
                "admin:$$2y$$10$$hunter2|admin:***",
                "the token ghp_hunter2hunter2hunter2hunter2 is bad|the token *** is bad",
                "http://db:5432/|http://db:5432/",
                "node.labels.ssh-key==true|node.labels.ssh-key==true"
            })
    void passwordsWithinATextAreMasked(String text, String shown) {
        assertThat(Secrets.text(text)).startsWith(shown).doesNotContain("hunter2");
    }

    /// Sentences of Holdfast's own, and of an engine's, that only speak of secrets.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the secret garden",
                "secret smtp-password is external",
                "secret smtp-password (external) is not in the Swarm; create it with docker secret create"
                        + " smtp-password -",
                "secrets.db-password: must be a mapping",
                "environment.DB_PASSWORD: must be text or a number",
                "network api-token could not be created: it exists",
                "has no value; write password=VALUE",
                "write password_file: /etc/holdfast/git-password",
                "write username and password_file",
                "app token-service waits for db-password-rotator",
                "volume app-secret on node1 is in use",
                "refuses the login: check user, password, token or key",
                "the label dev.holdfast.pause is set: rotating the api key today",
                "docker service update --secret-rm old-password --secret-add new-password web",
                "docker service create --with-registry-auth --secret db-password web",
                "basic authentication is required",
                "config auth-proxy-key-0123456789ab stays: in use",
                "image registry.example.com/auth-token:1.2@sha256:abc",
                "secret smtp-token-1a2b3c4d5e6f: create",
                "apps/db-token.yaml:3:4: image: is missing"
            })
    void wordsOfSentencesAreNot(String sentence) {
        assertThat(Secrets.text(sentence)).isEqualTo(sentence);
    }
}
