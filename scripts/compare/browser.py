"""Opens a page of `knack report` in headless Chromium with the network off and prints what it saw as JSON.

usage: browser.py PAGE [FOLDER FOR PICTURES]
"""

import base64
import json
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

page = pathlib.Path(sys.argv[1]).resolve().as_uri()
pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
WIDTHS = (1280, 400)

options = webdriver.ChromeOptions()
for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                 "--host-resolver-rules=MAP * ~NOTFOUND", f"--window-size={WIDTHS[0]},900"):
    options.add_argument(argument)
options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def resize(width: int, height: int) -> None:
    """Gives the page so much room, whatever a window must have at least."""
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def lit(graph) -> dict:
    """What is lit in a graph, and whether it is what its edges say."""
    return driver.execute_script("""
        const graph = arguments[0], all = (query) => [...graph.querySelectorAll(query)];
        const chosen = graph.querySelector(".node.chosen");
        if (!chosen) return {chosen: null};
        const id = chosen.dataset.node, near = new Set([id]);
        for (const edge of all("[data-from]"))
          if (edge.dataset.from === id || edge.dataset.to === id) near.add(edge.dataset.from).add(edge.dataset.to);
        const shown = all(".node.near, .node.chosen").map((node) => node.dataset.node);
        return {
          chosen: id, neighbours: near.size - 1,
          right: shown.length === near.size && shown.every((one) => near.has(one)),
          details: all("[data-detail]:not([hidden])").map((detail) => detail.innerText).join("\\n"),
        };""", graph)


seen = {}
try:
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions",
                           {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
    driver.get(page)
    seen["title"] = driver.title
    seen["tooWide"] = []
    for width in WIDTHS:
        resize(width, 900)
        if driver.execute_script("return document.documentElement.scrollWidth > innerWidth"):
            seen["tooWide"].append(width)
        if pictures:
            picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
            (pictures / f"page-{width}.png").write_bytes(base64.b64decode(picture["data"]))
    resize(WIDTHS[0], 900)

    seen["graphs"] = []
    for graph in driver.find_elements(By.CSS_SELECTOR, ".graph"):
        nodes = graph.find_elements(By.CSS_SELECTOR, "[data-node]")
        # The node with the most edges.
        degree = [len(graph.find_elements(By.CSS_SELECTOR, f"[data-from='{i}'],[data-to='{i}']")) for i in range(len(nodes))]
        busiest = nodes[max(range(len(nodes)), key=degree.__getitem__)]
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", graph)
        ActionChains(driver).move_to_element(busiest).perform()
        pointed = lit(graph)
        if pictures:
            driver.save_screenshot(str(pictures / f"graph-{len(seen['graphs'])}.png"))
        ActionChains(driver).move_to_element(driver.find_element(By.TAG_NAME, "h1")).perform()
        left = lit(graph)
        driver.execute_script("arguments[0].focus()", graph.find_element(By.CSS_SELECTOR, "[data-node][tabindex='0']"))
        focused = lit(graph)
        ActionChains(driver).send_keys(Keys.ARROW_RIGHT).perform()
        walked = lit(graph)
        seen["graphs"].append({"nodes": len(nodes), "pointed": pointed, "left": left, "focused": focused,
                               "walked": walked})
        driver.execute_script("document.activeElement.blur()")

    # From the top of the page, the places at which Tab stops, and whether one sees that it did.
    driver.refresh()
    seen["stops"], seen["unseen"] = 0, []
    for _ in range(200):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        stop = driver.execute_script("""
            const one = document.activeElement, style = getComputedStyle(one);
            if (one === document.body || one.dataset.stopped) return null;
            one.dataset.stopped = true;
            const shows = style.outlineStyle !== "none" || one.classList.contains("chosen");
            return [one.tagName, one.textContent.slice(0, 40), shows];""")
        if stop is None:
            break
        seen["stops"] += 1
        if not stop[2]:
            seen["unseen"].append(stop[:2])

    if pictures:
        pdf = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
        (pictures / "page.pdf").write_bytes(base64.b64decode(pdf["data"]))
    seen["errors"] = [entry["message"] for entry in driver.get_log("browser")]
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    seen["requests"] = [url[:100] for url in urls if url != page and not url.startswith("data:")]
finally:
    driver.quit()
print(json.dumps(seen))
