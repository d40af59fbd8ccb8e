package dev.holdfast.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.engine.EngineException;
import dev.holdfast.git.GitFailure;
import dev.holdfast.git.GitUnreachable;
import dev.holdfast.ledger.LedgerUnusable;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.run.Reconciler;
import dev.holdfast.run.RunRefused;
import dev.holdfast.yaml.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the daemon answers over HTTP, with a token: `GET /api/v1/plan?ref=refs/pull/12/merge`, the plan of a change
/// against the live Swarm, as Markdown or JSON. It only reads, one plan at a time: a ref is of whoever may open a pull
/// request.
final class HttpApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    /// As strict as Git on names of refs, and no way to say anything but one.
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,200}");

    private static final int PATIENCE_SECONDS = 30;
    private static final String MARKDOWN = "text/markdown";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";

    private record Answer(int status, String type, String text) {}

    private final Reconciler.Options options;
    private final Path tokenFile;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore planning = new Semaphore(1, true);

    private HttpApi(Reconciler.Options options, Path tokenFile, HttpServer server) {
        this.options = options;
        this.tokenFile = tokenFile;
        this.server = server;
    }

    static HttpApi start(DaemonSettings.HttpSettings settings, Reconciler.Options options) {
        try {
            var server = HttpServer.create(settings.address(), 0);
            var api = new HttpApi(options, Path.of(settings.tokenFile()), server);
            server.setExecutor(api.threads);
            server.createContext("/", api::serve);
            server.start();
            LOG.info("listening on {}", settings.listen());
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + settings.listen() + " (http.listen): " + e.getMessage(), e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            var bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/api/v1/plan")) {
            return say(404, "there is only /api/v1/plan?ref=…");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return say(405, "only GET");
        }
        if (!mayAsk(exchange)) {
            return say(401, "send the header Authorization: Bearer TOKEN, with the token of http.token_file");
        }
        var ref = query(exchange).getOrDefault("ref", "");
        if (!REF.matcher(ref).matches() || ref.contains("..")) {
            return say(400, "which change? Say ?ref= and a branch, tag, commit, or a ref such as refs/pull/12/merge");
        }
        var accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        return planInTurn(ref, accept.contains(JSON));
    }

    private Answer planInTurn(String ref, boolean json) {
        try {
            if (!planning.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return say(503, "another plan is being made: ask again");
            }
            try {
                return plan(ref, json);
            } finally {
                planning.release();
            }
        } catch (InterruptedException e) {
            return say(503, "the daemon is stopping");
        }
    }

    private Answer plan(String ref, boolean json) throws InterruptedException {
        try (var reconciler = new Reconciler(options.at(ref))) {
            var planned = reconciler.plan();
            var problems = planned.desired().problems();
            if (json) {
                return new Answer(200, JSON, Json.print(Json.plan(planned.plan(), problems)));
            }
            return new Answer(200, MARKDOWN, PlanMarkdown.of(planned.plan(), problems));
        } catch (RunRefused refused) {
            return refused(refused, json);
        } catch (LedgerUnusable unusable) {
            return say(422, Secrets.text(String.valueOf(unusable.getMessage())));
        } catch (GitUnreachable | EngineException away) {
            return say(502, Secrets.text(String.valueOf(away.getMessage())));
        } catch (GitFailure wrong) {
            return say(404, Secrets.text(String.valueOf(wrong.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("the plan of {} failed", ref, e);
            return say(500, "the plan failed; the daemon's log says why");
        }
    }

    private static Answer refused(RunRefused refused, boolean json) {
        var page = refused.page();
        if (page == null) {
            return say(422, Secrets.text(String.valueOf(refused.getMessage())));
        }
        return json ? new Answer(422, JSON, Json.print(page.json())) : new Answer(422, MARKDOWN, page.markdown());
    }

    /// The file is read anew each time, so that a token can be changed.
    private boolean mayAsk(HttpExchange exchange) throws IOException {
        var token = Files.readString(tokenFile).strip();
        var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return !token.isEmpty()
                && MessageDigest.isEqual(
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var found = new HashMap<String, String>();
        var query = exchange.getRequestURI().getRawQuery();
        for (var pair : (query == null ? "" : query).split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                found.putIfAbsent(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static Answer say(int status, String text) {
        return new Answer(status, TEXT, text + "\n");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
