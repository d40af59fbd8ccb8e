package dev.holdfast.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/// Who explains the keys that people may expect in this record and that are refused.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Refuses {

    Class<? extends Sentences> value();

    /// Has a constructor without parameters.
    interface Sentences {

        /// The reason and what to do instead; null for a key that is not refused but unknown.
        @Nullable
        String sentence(Class<?> type, String key);
    }
}
