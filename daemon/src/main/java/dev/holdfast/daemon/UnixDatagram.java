package dev.holdfast.daemon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// Sends to a Unix datagram socket, of which the JDK has none: three calls of the C library. Linux only.
final class UnixDatagram {

    static final short AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /// The path in a `sockaddr_un`, after the family.
    private static final int PATH_BYTES = 108;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SENDTO =
            function("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

    private UnixDatagram() {}

    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /// @param address a path, or the name of an abstract socket after an `@`
    static void send(String address, String message) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var target = address(arena, address);
            var bytes = message.getBytes(StandardCharsets.UTF_8);
            var buffer = arena.allocateFrom(JAVA_BYTE, bytes);
            var socket = (int) SOCKET.invokeExact((int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (socket < 0) {
                throw new IOException("no socket could be made");
            }
            var sent = (long) SENDTO.invokeExact(
                    socket, buffer, (long) bytes.length, MSG_NOSIGNAL, target, (int) target.byteSize());
            var closed = (int) CLOSE.invokeExact(socket);
            if (sent != bytes.length || closed != 0) {
                throw new IOException("nobody receives at " + address);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /// A `sockaddr_un` of just the right length, as abstract names need it.
    static MemorySegment address(Arena arena, String address) throws IOException {
        var path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= PATH_BYTES) {
            throw new IOException("the socket's name is too long: " + address);
        }
        var isAbstract = path[0] == '@';
        if (isAbstract) {
            path[0] = 0;
        }
        var segment = arena.allocate(Short.BYTES + path.length + (isAbstract ? 0 : 1), Short.BYTES);
        segment.set(JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(path, 0, segment, JAVA_BYTE, Short.BYTES, path.length);
        return segment;
    }
}
