package dev.holdfast.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import dev.holdfast.yaml.Sealed;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/// What is logged, and how: to standard error; for a command only what is wrong, for the daemon what it does, with the
/// time. Found by Logback as a service.
public final class LogSettings extends ContextAwareBase implements Configurator {

    private static final String COMMAND = "holdfast: %msg%n%nopex";
    private static final String DAEMON = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %msg%n%ex{short}";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, COMMAND, Level.WARN, Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// To be called before the daemon logs its first line.
    static void forDaemon() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            set(context, DAEMON, Level.WARN, Level.INFO);
        }
    }

    private static void set(LoggerContext context, String pattern, Level others, Level ours) {
        context.reset();
        context.getStatusManager().add(new NopStatusListener());
        // Whatever is logged, by whomever: no value of an encrypted file is in it.
        var encoder = new PatternLayoutEncoder() {
            @Override
            public byte[] encode(ILoggingEvent event) {
                return Sealed.masked(new String(super.encode(event), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
            }
        };
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(others);
        root.addAppender(appender);
        context.getLogger("dev.holdfast").setLevel(ours);
    }
}
