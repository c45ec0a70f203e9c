package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Page;
import dev.firn.futuremobility.raw.UserAgent;
import dev.firn.generator.chance.Weighted;
import java.util.List;
import java.util.Map;

/** The shop's pages, and what people look at them with. */
final class Site {
    static final List<Page> CONTENT = List.of(
            page("/", "FutureMobility"),
            page("/vehicles", "Vehicles"),
            page("/accessories", "Accessories"),
            page("/charging", "Charging network"),
            page("/offers", "Offers"),
            page("/about", "About us"));
    static final Page SEARCH = page("/search", "Search");
    static final Page LOGIN = page("/account/login", "Log in");
    static final Page SIGNUP = page("/account/signup", "Sign up");
    static final Page CONFIRM = page("/account/confirm", "Confirm your address");
    static final Page CART = page("/cart", "Cart");
    static final Page CHECKOUT = page("/checkout", "Checkout");
    static final Page THANKS = page("/checkout/thanks", "Thank you");
    static final Page HELP = page("/help", "Help");

    static final Weighted<UserAgent> AGENTS = new Weighted<UserAgent>()
            .add(26, agent("Chrome", "141.0", "Windows", "desktop"))
            .add(10, agent("Edge", "141.0", "Windows", "desktop"))
            .add(8, agent("Firefox", "144.0", "Linux", "desktop"))
            .add(12, agent("Safari", "26.0", "macOS", "desktop"))
            .add(20, agent("Safari", "26.0", "iOS", "mobile"))
            .add(18, agent("Chrome", "141.0", "Android", "mobile"))
            .add(6, agent("Safari", "26.0", "iPadOS", "tablet"));
    static final UserAgent BOT = new UserAgent(
            "Mozilla/5.0 (compatible; Shopbot/2.1; +https://bot.example.com)",
            "Shopbot",
            "2.1",
            "none",
            "desktop",
            true);

    /** Singletons, because the order of a larger unordered map would differ from run to run. */
    static final List<Map<String, String>> EXPERIMENTS = List.of(
            Map.of(),
            Map.of("checkout_button", "green"),
            Map.of("checkout_button", "blue"),
            Map.of("search", "semantic"));

    static final List<List<String>> TAGS =
            List.of(List.of(), List.of("newsletter"), List.of("returning"), List.of("returning", "ev-owner"));

    private Site() {}

    static Page page(String path, String title) {
        return new Page("https://shop.futuremobility.example" + path, path, title);
    }

    private static UserAgent agent(String browser, String version, String os, String device) {
        return new UserAgent(
                "Mozilla/5.0 (" + os + ") " + browser + "/" + version, browser, version, os, device, false);
    }
}
