package dev.holdfast.daemon;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address of this machine and a port that can be listened on: `127.0.0.1:8420`, `[::1]:8420`, `localhost:8420`, or
/// `:8420` for all addresses.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = ListenAddress.Validator.class)
@interface ListenAddress {

    String message() default "must be ADDRESS:PORT";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Address, in brackets where it is one of IPv6, and port.
    String FORM = "(\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]\\s]*):([0-9]{1,5})";

    final class Validator implements ConstraintValidator<ListenAddress, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            var fault = text == null ? null : fault(text);
            if (fault != null) {
                Faults.say(context, fault);
            }
            return fault == null;
        }

        /// @throws IOException where the name has no address
        static InetSocketAddress parse(String text) throws IOException {
            Matcher form = Pattern.compile(FORM).matcher(text);
            if (!form.matches()) {
                throw new IOException("must be ADDRESS:PORT");
            }
            var port = Integer.parseInt(form.group(2));
            var host = form.group(1);
            if (host.isEmpty() || host.equals("*")) {
                return new InetSocketAddress(port);
            }
            return new InetSocketAddress(InetAddress.getByName(host), port);
        }

        private static @Nullable String fault(String text) {
            Matcher form = Pattern.compile(FORM).matcher(text);
            if (!form.matches()) {
                // The pattern beside this constraint says so.
                return null;
            }
            var port = Integer.parseInt(form.group(2));
            if (port < 1 || port > 65_535) {
                return "must have a port from 1 to 65535 (got " + port + ")";
            }
            try {
                var address = parse(text).getAddress();
                var ours = address.isAnyLocalAddress()
                        || address.isLoopbackAddress()
                        || NetworkInterface.getByInetAddress(address) != null;
                return ours ? null : "must be an address of this machine (got " + form.group(1) + ")";
            } catch (UnknownHostException e) {
                return "must be an address of this machine, and the name " + form.group(1) + " has no address";
            } catch (IOException e) {
                return "must be an address of this machine: " + e.getMessage();
            }
        }
    }
}
