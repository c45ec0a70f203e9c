package dev.firn.sink.publish;

/** Nothing was published, and asking again changes nothing: the message says what has to be done first. */
public final class CannotPublishException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotPublishException(String why) {
        super(why);
    }
}
