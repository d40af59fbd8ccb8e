package dev.holdfast.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Which keys a mapping may have besides the components of its record.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Keys {
    /// Whether `x-…` keys may stand here; they are ignored.
    boolean extensions() default false;

    /// Keys that somebody else reads.
    String[] also() default {};
}
