package dev.holdfast.yaml;

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

    /// Keys of which one must be there with something behind it. Only for the schema: the program's own check has
    /// words of its own.
    String[] atLeastOne() default {};

    /// Keys of which one must be there, and no other. Only for the schema, too.
    String[] exactlyOne() default {};
}
