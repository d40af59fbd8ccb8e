package dev.holdfast.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where an app's variables, or its command, surely name another app as a host: `DB_HOST: db`, `amqp://mq`,
/// `redis:6379`. A word that is a name by chance, as in `ROLE: web`, is none. Values are looked at and never told.
final class Addresses {

    /// @param path of the variable, or `command`
    record Address(String path, String app) {}

    private static final String NAME = "([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)";
    private static final Pattern URL = Pattern.compile("://(?:[^/@\\s,]*@)?" + NAME + "(?=[:/?#,\\s]|$)");
    private static final Pattern WITH_PORT = Pattern.compile("(?:^|[@,;\\s])" + NAME + ":[0-9]{2,5}(?=[/?,;\\s]|$)");
    private static final Pattern WHOLE = Pattern.compile(NAME);
    private static final Pattern HOST_VARIABLE =
            Pattern.compile("(?:^|.*_)(?:HOST|HOSTS|HOSTNAME|SERVER|SERVERS|ADDR|ADDRESS)");

    private Addresses() {}

    /// The first for each of these apps, in the order of the variables.
    static List<Address> in(App app, Collection<String> apps) {
        var addresses = new ArrayList<Address>();
        var seen = new java.util.HashSet<>(Set.of(app.name()));
        app.environment().forEach((variable, value) -> {
            for (var host : hosts(variable, value)) {
                if (apps.contains(host) && seen.add(host)) {
                    addresses.add(new Address("environment." + variable, host));
                }
            }
        });
        for (var word : app.command()) {
            for (var host : hosts("", word)) {
                if (apps.contains(host) && seen.add(host)) {
                    addresses.add(new Address("command", host));
                }
            }
        }
        return addresses;
    }

    private static List<String> hosts(String variable, String value) {
        var hosts = new ArrayList<String>();
        URL.matcher(value).results().forEach(match -> hosts.add(match.group(1)));
        WITH_PORT.matcher(value).results().forEach(match -> hosts.add(match.group(1)));
        if (HOST_VARIABLE.matcher(variable.toUpperCase(Locale.ROOT)).matches()
                && WHOLE.matcher(value).matches()) {
            hosts.add(value);
        }
        return hosts;
    }
}
