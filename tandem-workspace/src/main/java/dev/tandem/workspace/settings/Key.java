package dev.tandem.workspace.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key of tandem.yaml does. Stands on the record component of the same name, which is written in snake_case. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** What it does, in one or two sentences. */
    String value();

    /** What a number counts ("tokens"); empty where that is plain. */
    String unit() default "";

    /** The least number allowed. */
    double minimum() default Double.NEGATIVE_INFINITY;

    /** The greatest number allowed. */
    double maximum() default Double.POSITIVE_INFINITY;
}
