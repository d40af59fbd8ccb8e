package dev.holdfast.placement;

import dev.holdfast.live.Constraints;
import dev.holdfast.live.Node;
import dev.holdfast.live.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The questions that Swarm's scheduler asks of each node before it gives it a task, with the same answers.
enum PlacementFilter {
    CONSTRAINTS {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            return Constraints.unsatisfied(demand.constraints(), node);
        }
    },
    READY {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            if (!node.isReady()) {
                return List.of(node.state());
            }
            return switch (node.availability()) {
                case "active" -> List.of();
                case "drain" -> List.of("drained");
                case "pause" -> List.of("paused");
                default -> List.of(node.availability());
            };
        }
    },
    PLATFORM {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            var fits = demand.platforms().isEmpty()
                    || demand.platforms().stream().anyMatch(platform -> isPlatform(platform, node));
            if (!fits) {
                return List.of(
                        node.os() + "/" + node.arch() + ", " + String.join(" or ", demand.platforms()) + " asked");
            }
            var isolated = !demand.isolation().equalsIgnoreCase("default");
            return isolated && !node.os().isEmpty() && !node.os().equals("windows")
                    ? List.of("no isolation " + demand.isolation() + " on " + node.os())
                    : List.of();
        }
    },
    PLUGINS {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            var lacks = new ArrayList<String>();
            for (var plugin : demand.plugins()) {
                var slash = plugin.indexOf('/') + 1;
                // An engine that tells of no plugin of a kind is only one that does not tell.
                if (node.plugins().stream().anyMatch(has -> has.startsWith(plugin.substring(0, slash)))
                        && !node.plugins().contains(plugin)
                        && !node.plugins().contains(plugin + ":latest")) {
                    lacks.add("no " + plugin.substring(0, slash - 1).toLowerCase(Locale.ROOT) + " driver "
                            + plugin.substring(slash));
                }
            }
            return lacks;
        }
    },
    RESOURCES {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            var has = node.resources();
            if (has == null) {
                return List.of();
            }
            var lacks = new ArrayList<String>();
            var asked = amounts(demand.reserved());
            var all = amounts(has);
            var used = amounts(taken.reserved());
            asked.forEach((kind, amount) -> {
                var total = all.getOrDefault(kind, 0L);
                var left = total - used.getOrDefault(kind, 0L);
                if (amount > left) {
                    lacks.add(Amounts.text(kind, Math.max(0, left)) + (left == total ? " in all, " : " left, ")
                            + Amounts.number(kind, amount) + " asked");
                }
            });
            return lacks;
        }
    },
    HOST_PORTS {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            return demand.hostPorts().stream()
                    .sorted()
                    .filter(taken.ports()::containsKey)
                    .map(port -> {
                        var owner = String.valueOf(taken.ports().get(port));
                        return owner.equals(app)
                                ? "has port " + port + " only once"
                                : "port " + port + " is taken by " + owner;
                    })
                    .toList();
        }
    },
    MAX_REPLICAS {
        @Override
        List<String> lacks(String app, Demand demand, Node node, Taken taken) {
            return demand.mostOnANode() > 0 && taken.tasksOf(app) >= demand.mostOnANode()
                    ? List.of("runs " + demand.mostOnANode() + " at most (max_replicas_per_node)")
                    : List.of();
        }
    };

    /// What the node lacks for one more task; nothing where it would be given one.
    abstract List<String> lacks(String app, Demand demand, Node node, Taken taken);

    static List<String> allLacks(String app, Demand demand, Node node, Taken taken) {
        var all = new ArrayList<String>();
        for (var filter : values()) {
            all.addAll(filter.lacks(app, demand, node, taken));
        }
        return List.copyOf(all);
    }

    /// How many more tasks the node would be given, at most as many as are asked for.
    static int room(String app, Demand demand, Node node, Taken taken, int most) {
        if (demand.reserved().equals(Resources.NONE)
                && demand.hostPorts().isEmpty()
                && demand.mostOnANode() == 0
                && most > 0) {
            return allLacks(app, demand, node, taken).isEmpty() ? most : 0;
        }
        var then = taken.copy();
        var room = 0;
        while (room < most && allLacks(app, demand, node, then).isEmpty()) {
            then.add(app, demand);
            room++;
        }
        return room;
    }

    private static Map<String, Long> amounts(Resources resources) {
        var amounts = new TreeMap<String, Long>();
        resources.generic().forEach(amounts::put);
        amounts.put(Amounts.CPUS, resources.nanoCpus());
        amounts.put(Amounts.MEMORY, resources.memoryBytes());
        amounts.values().removeIf(amount -> amount <= 0);
        return amounts;
    }

    private static boolean isPlatform(String platform, Node node) {
        var slash = platform.indexOf('/');
        var os = platform.substring(0, slash);
        var arch = normal(platform.substring(slash + 1));
        return (os.isEmpty() || os.equals(node.os())) && (arch.isEmpty() || arch.equals(normal(node.arch())));
    }

    private static String normal(String arch) {
        return switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }
}
