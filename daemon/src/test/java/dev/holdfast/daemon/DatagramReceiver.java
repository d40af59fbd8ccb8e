package dev.holdfast.daemon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// What systemd does: binds a Unix datagram socket and reads what is sent to it.
final class DatagramReceiver implements AutoCloseable {

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MAX_BYTES = 4096;
    private static final MethodHandle SOCKET = UnixDatagram.function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = UnixDatagram.function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            UnixDatagram.function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV =
            UnixDatagram.function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = UnixDatagram.function("close", JAVA_INT, JAVA_INT);

    private final int socket;

    DatagramReceiver(String address) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            socket = (int) SOCKET.invokeExact((int) UnixDatagram.AF_UNIX, UnixDatagram.SOCK_DGRAM, 0);
            var at = UnixDatagram.address(arena, address);
            var timeout = arena.allocateFrom(JAVA_LONG, 10L, 0L);
            var bound = (int) BIND.invokeExact(socket, at, (int) at.byteSize());
            var set = (int) SETSOCKOPT.invokeExact(socket, SOL_SOCKET, SO_RCVTIMEO, timeout, (int) timeout.byteSize());
            if (socket < 0 || bound != 0 || set != 0) {
                throw new IllegalStateException("cannot bind " + address);
            }
        }
    }

    /// The next message, within ten seconds.
    String next() throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(MAX_BYTES);
            var length = (long) RECV.invokeExact(socket, buffer, (long) MAX_BYTES, 0);
            if (length < 0) {
                throw new IllegalStateException("nothing came");
            }
            return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            var closed = (int) CLOSE.invokeExact(socket);
            if (closed != 0) {
                throw new IllegalStateException("cannot close");
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
